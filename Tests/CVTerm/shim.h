// libvterm, with its bit fields and unions read by functions, which Swift cannot import.
#ifndef OBROL_CVTERM_SHIM_H
#define OBROL_CVTERM_SHIM_H

#include <stdbool.h>
#include <stdint.h>
#include <vterm.h>

static inline bool vt_cell_bold(const VTermScreenCell *cell) { return cell->attrs.bold; }
static inline bool vt_cell_italic(const VTermScreenCell *cell) { return cell->attrs.italic; }
static inline bool vt_cell_underline(const VTermScreenCell *cell) { return cell->attrs.underline != 0; }
static inline bool vt_cell_reverse(const VTermScreenCell *cell) { return cell->attrs.reverse; }

// A colour as one number: -1 the default, 0–255 of the palette, or 0x1000000 and above for RGB.
static inline int32_t vt_color(const VTermColor *color) {
    if (VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color)) return -1;
    if (VTERM_COLOR_IS_INDEXED(color)) return color->indexed.idx;
    return 0x1000000 | (color->rgb.red << 16) | (color->rgb.green << 8) | color->rgb.blue;
}
static inline int32_t vt_cell_foreground(const VTermScreenCell *cell) { return vt_color(&cell->fg); }
static inline int32_t vt_cell_background(const VTermScreenCell *cell) { return vt_color(&cell->bg); }

// What a callback about a changed property carries.
static inline bool vt_value_boolean(const VTermValue *value) { return value->boolean != 0; }
static inline int vt_value_number(const VTermValue *value) { return value->number; }

#endif
