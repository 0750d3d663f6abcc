// The wide-character ncurses, with what Swift cannot import by itself given as functions:
// macros with casts, and global variables (shared mutable state, which Swift 6 refuses).
#ifndef OBROL_CNCURSES_SHIM_H
#define OBROL_CNCURSES_SHIM_H

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <ncurses.h>
#include <term.h>

static inline WINDOW *nc_stdscr(void) { return stdscr; }
static inline WINDOW *nc_curscr(void) { return curscr; }
static inline int nc_lines(void) { return LINES; }
static inline int nc_columns(void) { return COLS; }
static inline int nc_colors(void) { return COLORS; }
static inline int nc_color_pairs(void) { return COLOR_PAIRS; }

static inline attr_t nc_attribute_bold(void) { return WA_BOLD; }
static inline attr_t nc_attribute_dim(void) { return WA_DIM; }
static inline attr_t nc_attribute_italic(void) { return WA_ITALIC; }
static inline attr_t nc_attribute_underline(void) { return WA_UNDERLINE; }
static inline attr_t nc_attribute_reverse(void) { return WA_REVERSE; }

// A screen on two descriptors. ncurses wants streams; they are made on duplicates, so that
// closing them with the screen leaves the caller's descriptors open.
static inline SCREEN *nc_open_screen(const char *type, int output, int input, FILE **out, FILE **in) {
    int output_copy = dup(output), input_copy = dup(input);
    *out = output_copy < 0 ? NULL : fdopen(output_copy, "w");
    *in = input_copy < 0 ? NULL : fdopen(input_copy, "r");
    if (*out == NULL || *in == NULL) {
        if (*out != NULL) fclose(*out); else if (output_copy >= 0) close(output_copy);
        if (*in != NULL) fclose(*in); else if (input_copy >= 0) close(input_copy);
        return NULL;
    }
    SCREEN *screen = newterm(type, *out, *in);
    if (screen == NULL) {
        fclose(*out);
        fclose(*in);
    }
    return screen;
}

// Puts one cell at the place; the pair may be above 32767, where only the extended form works.
static inline int nc_put(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
    cchar_t cell;
    memset(&cell, 0, sizeof cell);
    if (setcchar(&cell, text, attributes, 0, &pair) == ERR) return ERR;
    return mvwadd_wch(stdscr, row, column, &cell);
}

// The terminfo string of that name, or NULL where there is none.
static inline const char *nc_terminfo_string(const char *name) {
    char *value = tigetstr((NCURSES_CONST char *)name);
    return (value == (char *)-1) ? NULL : value;
}

#endif
