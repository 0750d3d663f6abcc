/// The screens of `GoldenTests`, as they were agreed. Written by `OBROL_RECORD=1`.
enum Golden {
    static let pictures: [String: String] = [
        "form 120×36": """
         obrol  localhost









                                      ┌─ Register ───────────────────────────────────────────────┐
                                      │  ▸ Screen reader? Start the line client                  │
                                      │                                                          │
                                      │  User name       alam__________________________________  │
                                      │  Password        ______________________________________  │
                                      │  Name            ______________________________________  │
                                      │  Nationality     Indonesia_____________________________  │
                                      │                                                          │
                                      │  ▸ Create account                                        │
                                      │  ▸ Have an account? Log in                               │
                                      │                                                          │
                                      │  Several people can use this machine: each terminal may  │
                                      │  be somebody else.                                       │
                                      │                                                          │
                                      │                                                          │
                                      └──────────────────────────────────────────────────────────┘









         Enter accept  Tab field  F1 help  ^Q quit
        """,
        "form 80×24": """
         obrol  localhost



                  ┌─ Register ───────────────────────────────────────────────┐
                  │  ▸ Screen reader? Start the line client                  │
                  │                                                          │
                  │  User name       alam__________________________________  │
                  │  Password        ______________________________________  │
                  │  Name            ______________________________________  │
                  │  Nationality     Indonesia_____________________________  │
                  │                                                          │
                  │  ▸ Create account                                        │
                  │  ▸ Have an account? Log in                               │
                  │                                                          │
                  │  Several people can use this machine: each terminal may  │
                  │  be somebody else.                                       │
                  │                                                          │
                  │                                                          │
                  └──────────────────────────────────────────────────────────┘



         Enter accept  Tab field  F1 help  ^Q quit
        """,
        "form 20×6": """
         obrol  localhost
        ▸ Screen reader? St…

        User name alam______
        Password  __________
         Enter accept
        """,
        "chat 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts ──────────┬ #progjar — tugas akhir ─────────────────────────────────────────────── 14 ─┬ Files ─────────────┐
        │ ▸ filter…          │ ───────────────────────────── the beginning ────────────────────────────── │ ↓ laporan ak…r.pdf │
        │ DIRECT             │ ─────────────────────────────── Thu 21 May ─────────────────────────────── │   ▮▮▮▮▮▮▯▯▯▯ 61 %  │
        │ ● firman         2 │ 09:12 · firman joined                                                      │   3.1/5.0 MB       │
        │ ○ chendra    draft │ 09:12 firman       halo semua                                              │                    │
        │ ROOMS              │ 09:13 chendra      siap, revisi bab 3 sudah masuk, tinggal daftar          │                    │
        │ # progjar          │                    pustaka                                                 │                    │
        │ # kelas-c      @ 5 │ 09:14 dewi         日本語 dan é dan 👍 tetap rata                          │                    │
        │ PEOPLE             │ 09:15 firman       ↓ laporan akhir.pdf  5.0 MB                             │                    │
        │ ● dewi             │ 09:20 firman       @alam tolong cek                                        │                    │
        │                    │                    ya                                                      │                    │
        │                    │ 09:21 alam         oke, sebentar                                         ✓ │                    │
        │                    │ 09:30 alam         bagian mana?                                          ◌ │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    ├ to #progjar ───────────────────────────────────────────────────────────────┤                    │
        │                    │ bab 2?                                                                     │                    │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter send  ^J line  F1 help  Tab pane  ^G go to  ^R find  ^O upload  F8 unread  ^Q quit
        """,
        "chat 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌ Contacts ───────┬ #progjar — tugas akhir ─────────────────────────────── 14 ─┐
        │ ▸ filter…       │ ───────────────────── the beginning ────────────────────── │
        │ DIRECT          │ ─────────────────────── Thu 21 May ─────────────────────── │
        │ ● firman      2 │ 09:12 · firman joined                                      │
        │ ○ chendra draft │ 09:12 firman    halo semua                                 │
        │ ROOMS           │ 09:13 chendra   siap, revisi bab 3 sudah masuk, tinggal    │
        │ # progjar       │                 daftar pustaka                             │
        │ # kelas-c   @ 5 │ 09:14 dewi      日本語 dan é dan 👍 tetap rata             │
        │ PEOPLE          │ 09:15 firman    ↓ laporan akhir.pdf  5.0 MB                │
        │ ● dewi          │ 09:20 firman    @alam tolong cek                           │
        │                 │                 ya                                         │
        │                 │ 09:21 alam      oke, sebentar                            ✓ │
        │                 │ 09:30 alam      bagian mana?                             ◌ │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 ├ to #progjar ───────────────────────────────────────────────┤
        │                 │ bab 2?                                                     │
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter send  ^J line  F1 help  Tab pane  ^G go to  ^R find  ^O upload  F8 unread
        """,
        "chat 20×6": """
         #progjar ● on… (7)
          oke, sebentar    ✓
        alam:
          bagian mana?     ◌
        bab 2?
         Enter send  ^J line
        """,
        "help 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts ───────┌─ Help ───────────────────────────────────────────────────────────────────────────┐les ─────────────┐
        │ ▸ filter…       │ ▸ Type to search, Esc closes                                                     │laporan ak…r.pdf │
        │ DIRECT          │ COMMANDS                                                                         │▮▮▮▮▮▮▯▯▯▯ 61 %  │
        │ ● firman        │ /chat NAME            open a conversation                                        │3.1/5.0 MB       │
        │ ○ chendra    dra│ /upload PATH          send a file here                                           │                 │
        │ ROOMS           │ /join ROOM            join a room, or make it                                    │                 │
        │ # progjar       │ /leave [ROOM]         leave a room                                               │                 │
        │ # kelas-c      @│ /rooms                list the rooms                                             │                 │
        │ PEOPLE          │ /who [ROOM]           list people, or the members of a room                      │                 │
        │ ● dewi          │ /find [TEXT]          find what was said                                         │                 │
        │                 │ /theme [THEME]        choose how everything looks                                │                 │
        │                 │ /notify [LEVEL]       say what of this conversation is announced: all, mentions… │                 │
        │                 │ /log                  read what went wrong                                       │                 │
        │                 │ /reconnect            try the server again now                                   │                 │
        │                 │ /logout               log out of this account                                    │                 │
        │                 │ /mouse [on|off]       use the mouse here, or leave it to the terminal            │                 │
        │                 │ /help                 list commands and keys                                     │                 │
        │                 │ /quit                 quit                                                       │                 │
        │                 │ EVERYWHERE                                                                       │                 │
        │                 │ F1                    this list of keys and commands                             │                 │
        │                 │ Tab                   next pane                                                  │                 │
        │                 │ Shift-Tab             previous pane                                              │                 │
        │                 │ ^G F2                 go to a conversation, person, room or command              │                 │
        │                 │ ^R F3                 find what was said here; again: everywhere                 │                 │
        │                 │ ^O F4                 send a file                                                │                 │
        │                 │ F8 Alt-a              next unread conversation                                   │                 │
        │                 │ Alt-↑                 previous conversation                                      │                 │
        │                 │ Alt-↓                 next conversation                                          │                 │
        │                 │ F6                    this pane alone, without borders                           │                 │
        │                 │ Ctrl-↑ Alt-+ Alt-=    this list wider, or compose higher                         │                 │
        │                 │ Ctrl-↓ Alt--          this list narrower, or compose lower                       │                 │
        │                 │ Alt-0                 all panes as they were at first                            │                 │
        │                 └──────────────────────────────────────────────────────────────────────────────────┘                 │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter accept  Esc close
        """,
        "help 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌─ Help ───────────────────────────────────────────────────────────────────────┐
        │ ▸ Type to search, Esc closes                                                 │
        │ COMMANDS                                                                     │
        │ /chat NAME            open a conversation                                    │
        │ /upload PATH          send a file here                                       │
        │ /join ROOM            join a room, or make it                                │
        │ /leave [ROOM]         leave a room                                           │
        │ /rooms                list the rooms                                         │
        │ /who [ROOM]           list people, or the members of a room                  │
        │ /find [TEXT]          find what was said                                     │
        │ /theme [THEME]        choose how everything looks                            │
        │ /notify [LEVEL]       say what of this conversation is announced: all, ment… │
        │ /log                  read what went wrong                                   │
        │ /reconnect            try the server again now                               │
        │ /logout               log out of this account                                │
        │ /mouse [on|off]       use the mouse here, or leave it to the terminal        │
        │ /help                 list commands and keys                                 │
        │ /quit                 quit                                                   │
        │ EVERYWHERE                                                                   │
        │ F1                    this list of keys and commands                         │
        └──────────────────────────────────────────────────────────────────────────────┘
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter accept  Esc close
        """,
        "help 20×6": """
        Help
        ▸ Type to search, E…
        COMMANDS
        /chat NA… open a co…
        bab 2?
         Enter accept
        """,
        "inbox 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts ──────────┬ Inbox ─────────────────────────────────────────────────────────────────────┬ Files ─────────────┐
        │ ▸ filter…          │ #kelas-c                                                               @ 5 │ ↓ laporan ak…r.pdf │
        │ DIRECT             │ 09:17 dewi         @alam tolong kirim bab 3 hari ini, ditunggu dosen       │   ▮▮▮▮▮▮▯▯▯▯ 61 %  │
        │ ● firman         2 │                    sampai pukul lima sore, setelah itu ruangan dikunci     │   3.1/5.0 MB       │
        │ ○ chendra    draft │                                                                            │                    │
        │ ROOMS              │ firman — Firman A.                                                       2 │                    │
        │ # progjar          │ 09:41 firman       sudah makan?                                            │                    │
        │ # kelas-c      @ 5 │ 09:42 firman       hai                                                     │                    │
        │ PEOPLE             │                                                                            │                    │
        │ ● dewi             │ RECENT                                                                     │                    │
        │                    │ chendra          ya                                                        │                    │
        │                    │ #progjar         x                                                         │                    │
        │                    │                                                                            │                    │
        │                    │ Start a chat: type a name in contacts, Enter; or ^G                        │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    ├ to firman ─────────────────────────────────────────────────────────────────┤                    │
        │                    │                                                                            │                    │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter open  Esc compose  F1 help  Tab pane  ^G go to  ^R find  ^O upload  F8 unread  ^Q quit
        """,
        "inbox 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌ Contacts ───────┬ Inbox ─────────────────────────────────────────────────────┐
        │ ▸ filter…       │ #kelas-c                                               @ 5 │
        │ DIRECT          │ 09:17 dewi      @alam tolong kirim bab 3 hari ini,         │
        │ ● firman      2 │                 ditunggu dosen sampai pukul lima sore,     │
        │ ○ chendra draft │                 setelah itu ruangan dikunci                │
        │ ROOMS           │                                                            │
        │ # progjar       │ firman — Firman A.                                       2 │
        │ # kelas-c   @ 5 │ 09:41 firman    sudah makan?                               │
        │ PEOPLE          │ 09:42 firman    hai                                        │
        │ ● dewi          │                                                            │
        │                 │ RECENT                                                     │
        │                 │ chendra          ya                                        │
        │                 │ #progjar         x                                         │
        │                 │                                                            │
        │                 │ Start a chat: type a name in contacts, Enter; or ^G        │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 ├ to firman ─────────────────────────────────────────────────┤
        │                 │                                                            │
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter open  Esc compose  F1 help  Tab pane  ^G go to  ^R find  ^O upload
        """,
        "inbox 20×6": """
         Inbox ● online (7)
        firman — Firman A. 2
        firman:
          sudah makan?

         Enter open
        """,
        "folders 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts ──────────┬ #progjar — tugas akhir ─────────────────────────────────────────────── 14 ─┬ Files ─────────────┐
        │ ▸ filter…          │ ───────────────────────────── the beginning ────────────────────────────── │ ↓ laporan ak…r.pdf │
        │ DIRECT             │ ─────────────────────────────── Thu 21 May ─────────────────────────────── │   ▮▮▮▮▮▮▯▯▯▯ 61 %  │
        │ ● firman         2 │ 09:12 · firman joined                                                      │   3.1/5.0 MB       │
        │ ○ chendra    draft │ 09:12 firman       halo semua                                              │                    │
        │ ROOMS              │ 0┌─ ~/kerja ────────────────────────────────────────────────────────────┐  │                    │
        │ # progjar          │  │ ▸ Type to search, Backspace goes up                                  │  │                    │
        │ # kelas-c      @ 5 │ 0│ gambar/                                                              │  │                    │
        │ PEOPLE             │ 0│ 日本 data/                                                           │  │                    │
        │ ● dewi             │ 0│ bab 3.docx                                        88 kB        09:12 │  │                    │
        │                    │  │ laporanfdp.exe                                   3.1 MB       20 May │  │                    │
        │                    │ 0│ nama baris�[31m.txt                                12 B  16 Apr 2025 │✓ │                    │
        │                    │ 0│ panjang-panjang-panjang-panjan…panjang-.tar.gz   5.0 GB       11 Apr │◌ │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  │                                                                      │  │                    │
        │                    │  └──────────────────────────────────────────────────────────────────────┘  │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    ├ to #progjar ───────────────────────────────────────────────────────────────┤                    │
        │                    │ bab 2?                                                                     │                    │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter accept  Esc close
        """,
        "folders 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌ Co┌─ ~/kerja ────────────────────────────────────────────────────────────┐4 ─┐
        │ ▸ │ ▸ Type to search, Backspace goes up                                  │── │
        │ DI│ gambar/                                                              │── │
        │ ● │ 日本 data/                                                           │   │
        │ ○ │ bab 3.docx                                        88 kB        09:12 │   │
        │ RO│ laporanfdp.exe                                   3.1 MB       20 May │   │
        │ # │ nama baris�[31m.txt                                12 B  16 Apr 2025 │   │
        │ # │ panjang-panjang-panjang-panjan…panjang-.tar.gz   5.0 GB       11 Apr │   │
        │ PE│                                                                      │   │
        │ ● │                                                                      │   │
        │   │                                                                      │   │
        │   │                                                                      │ ✓ │
        │   │                                                                      │ ◌ │
        │   │                                                                      │   │
        │   │                                                                      │   │
        │   │                                                                      │   │
        │   │                                                                      │   │
        │   │                                                                      │   │
        │   │                                                                      │   │
        │   │                                                                      │───┤
        │   └──────────────────────────────────────────────────────────────────────┘   │
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter accept  Esc close
        """,
        "folders 20×6": """
        ~/kerja
        ▸ Type to search, B…
        日本 data/
        bab 3.docx     88 kB
        bab 2?
         Enter accept
        """,
        "upload 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts ──────────┬ #progjar — tugas akhir ─────────────────────────────────────────────── 14 ─┬ Files ─────────────┐
        │ ▸ filter…          │ ───────────────────────────── the beginning ────────────────────────────── │ ↓ laporan ak…r.pdf │
        │ DIRECT             │ ─────────────────────────────── Thu 21 May ─────────────────────────────── │   ▮▮▮▮▮▮▯▯▯▯ 61 %  │
        │ ● firman         2 │ 09:12 · firman joined                                                      │   3.1/5.0 MB       │
        │ ○ chendra    draft │ 09:12 firman       halo semua                                              │                    │
        │ ROOMS              │ 09:13 chendra      siap, revisi bab 3 sudah masuk, tinggal daftar          │                    │
        │ # progjar          │                    pustaka                                                 │                    │
        │ # kelas-c      @ 5 │ 09:14 dewi         日本語 dan é dan 👍 tetap rata                          │                    │
        │ PEOPLE             │ 09:15 firman       ↓ laporan akhir.pdf  5.0 MB                             │                    │
        │ ● dewi             │ 09:20 firman       @alam tolong cek                                        │                    │
        │                    │                    ya                                                      │                    │
        │                    │ 09:21 alam         oke, sebentar                                         ✓ │                    │
        │                    │ 09:30 alam         bagian mana?                                          ◌ │                    │
        │                    │        ┌─ to #progjar ────────────────────────────────────────────┐        │                    │
        │                    │        │ Send bab 3.docx (88 kB) to #progjar?                     │        │                    │
        │                    │        │                                                          │        │                    │
        │                    │        │ ▸ Upload                                                 │        │                    │
        │                    │        │ ▸ As text                                                │        │                    │
        │                    │        └──────────────────────────────────────────────────────────┘        │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    ├ to #progjar ───────────────────────────────────────────────────────────────┤                    │
        │                    │ '/home/alam/Dokumen/tugas akhir/bab 3.docx'                                │                    │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter accept  Esc close
        """,
        "upload 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌ Contacts ───────┬ #progjar — tugas akhir ─────────────────────────────── 14 ─┐
        │ ▸ filter…       │ ───────────────────── the beginning ────────────────────── │
        │ DIRECT          │ ─────────────────────── Thu 21 May ─────────────────────── │
        │ ● firman      2 │ 09:12 · firman joined                                      │
        │ ○ chendra draft │ 09:12 firman    halo semua                                 │
        │ ROOMS           │ 09:13 chendra   siap, revisi bab 3 sudah masuk, tinggal    │
        │ # progjar       │                 daftar pustaka                             │
        │ # kelas-┌─ to #progjar ────────────────────────────────────────────┐         │
        │ PEOPLE  │ Send bab 3.docx (88 kB) to #progjar?                     │         │
        │ ● dewi  │                                                          │         │
        │         │ ▸ Upload                                                 │         │
        │         │ ▸ As text                                                │       ✓ │
        │         └──────────────────────────────────────────────────────────┘       ◌ │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 ├ to #progjar ───────────────────────────────────────────────┤
        │                 │ '/home/alam/Dokumen/tugas akhir/bab 3.docx'                │
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter accept  Esc close
        """,
        "upload 20×6": """
        to #progjar
        Send bab 3.docx
        (88 kB) to
        ▸ Upload
        ▸ As text
         Enter accept
        """,
        "files 120×36": """
         obrol  localhost  alam ● online                                                               7 unread · ↑↓48% · 12:41
        ┌ Contacts ──────────┬ #progjar — tugas akhir ─────────────────────────────────────────────── 14 ─┬ Files ─────────────┐
        │ ▸ filter…          │ ───────────────────────────── the beginning ────────────────────────────── │ ↑ video pres…r.mp4 │
        │ DIRECT             │ ─────────────────────────────── Thu 21 May ─────────────────────────────── │   ▮▮▮▯▯▯▯▯▯▯ 36 %  │
        │ ● firman         2 │ 09:12 · firman joined                                                      │   750 kB/s · 5 s   │
        │ ○ chendra    draft │ 09:12 firman       halo semua                                              │ ✓ bab 3.docx       │
        │ ROOMS              │ 09:13 chendra      siap, revisi bab 3 sudah masuk, tinggal daftar          │ ✗ scan.png failed  │
        │ # progjar          │                    pustaka                                                 │ ↓ laporan ak…r.pdf │
        │ # kelas-c      @ 5 │ 09:14 dewi         日本語 dan é dan 👍 tetap rata                          │   ▮▮▮▮▮▮▯▯▯▯ 61 %  │
        │ PEOPLE             │ 09:15 firman       ↓ laporan akhir.pdf  5.0 MB                             │   3.1/5.0 MB       │
        │ ● dewi             │ 09:20 firman       @alam tolong cek                                        │                    │
        │                    │                    ya                                                      │ SHARED HERE        │
        │                    │ 09:21 alam         oke, sebentar                                         ✓ │   bab 3.docx       │
        │                    │ 09:30 alam         bagian mana?                                          ◌ │   88 kB · alam     │
        │                    │                                                                            │   laporan ak…r.pdf │
        │                    │                                                                            │   88 kB · firman   │
        │                    │                                                                            │   laporan-pa…-.svg │
        │                    │                                                                            │   88 kB · dewi     │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    ├ to #progjar ───────────────────────────────────────────────────────────────┤                    │
        │                    │ bab 2?                                                                     │                    │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter open  Esc compose  F1 help  Tab pane  ^G go to  ^R find  ^O upload  F8 unread  ^Q quit
        """,
        "files 80×24": """
         obrol  localhost  alam ● online                       7 unread · ↑↓48% · 12:41
        ┌ Contacts ───────┬ #progjar — tugas akhir ─────────┬ Files ───────────────────┐
        │ ▸ filter…       │ ───────────────────── the beginn│ ↑ video presenta…hir.mp4 │
        │ DIRECT          │ ─────────────────────── Thu 21 M│   ▮▮▮▮▮▯▯▯▯▯▯▯▯▯▯▯ 36 %  │
        │ ● firman      2 │ 09:12 · firman joined           │   750 kB/s · 5 s         │
        │ ○ chendra draft │ 09:12 firman    halo semua      │ ✓ bab 3.docx 5.0 MB      │
        │ ROOMS           │ 09:13 chendra   siap, revisi bab│ ✗ scan.png failed        │
        │ # progjar       │                 daftar pustaka  │ ↓ laporan akhir.pdf      │
        │ # kelas-c   @ 5 │ 09:14 dewi      日本語 dan é dan│   ▮▮▮▮▮▮▮▮▮▯▯▯▯▯▯▯ 61 %  │
        │ PEOPLE          │ 09:15 firman    ↓ laporan akhir.│   3.1/5.0 MB             │
        │ ● dewi          │ 09:20 firman    @alam tolong cek│                          │
        │                 │                 ya              │ SHARED HERE              │
        │                 │ 09:21 alam      oke, sebentar   │   bab 3.docx             │
        │                 │ 09:30 alam      bagian mana?    │   88 kB · alam           │
        │                 │                                 │   laporan akhir.pdf      │
        │                 │                                 │   88 kB · firman         │
        │                 │                                 │   laporan-panjan…ng-.svg │
        │                 │                                 │   88 kB · dewi           │
        │                 │                                 │                          │
        │                 │                                 │                          │
        │                 ├ to #progjar ────────────────────┴──────────────────────────┤
        │                 │ bab 2?                                                     │
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter open  Esc compose  F1 help  Tab pane  ^G go to  ^R find  ^O upload
        """,
        "files 20×6": """
         #progjar ● on… (7)
          88 kB · firman
          laporan-panj…-.svg
          88 kB · dewi
        bab 2?
         Enter open
        """,
        "themes 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts ──────────┬ #progjar — tugas akhir ─────────────────────────────────────────────── 14 ─┬ Files ─────────────┐
        │ ▸ filter…          │ ───────────────────────────── the beginning ────────────────────────────── │ ↓ laporan ak…r.pdf │
        │ DIRECT             │ ─────────────────────────────── Thu 21 May ─────────────────────────────── │   ▮▮▮▮▮▮▯▯▯▯ 61 %  │
        │ ● firman         2 │ 09:12 · firman joined                                                      │   3.1/5.0 MB       │
        │ ○ chendra    draft │ 09:12 firman       halo semua                                              │                    │
        │ ROOMS              │ 09:13 chendra      siap, revisi bab 3 sudah masuk, tinggal daftar          │                    │
        │ # progjar          │                    pustaka                                                 │                    │
        │ # kelas-c      @ 5 │ 09:14 dewi         日本語 dan é dan 👍 tetap rata                          │                    │
        │ PEOPLE             │ 09:15 firman       ↓ laporan akhir.pdf  5.0 MB                             │                    │
        │ ● dewi             │ 09:20 firman       @alam tolong cek                                        │                    │
        │                    │                    ya                                                      │                    │
        │                    │ 09:21 alam         oke, sebentar                                         ✓ │                    │
        │                    │ 09:30 alam       ┌─ Themes ─────────────────────────────┐                ◌ │                    │
        │                    │                  │ ▸ Enter keeps it, Esc goes back      │                  │                    │
        │                    │                  │ catppuccin-mocha                     │                  │                    │
        │                    │                  │ gruvbox-dark                         │                  │                    │
        │                    │                  │ mono                                 │                  │                    │
        │                    │                  │ obrol-dark        in use             │                  │                    │
        │                    │                  │ obrol-light                          │                  │                    │
        │                    │                  │ terminal16                           │                  │                    │
        │                    │                  └──────────────────────────────────────┘                  │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    │                                                                            │                    │
        │                    ├ to #progjar ───────────────────────────────────────────────────────────────┤                    │
        │                    │                                                                            │                    │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter accept  Esc close
        """,
        "themes 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌ Contacts ───────┬ #progjar — tugas akhir ─────────────────────────────── 14 ─┐
        │ ▸ filter…       │ ───────────────────── the beginning ────────────────────── │
        │ DIRECT          │ ─────────────────────── Thu 21 May ─────────────────────── │
        │ ● firman      2 │ 09:12 · firman joined                                      │
        │ ○ chendra draft │ 09:12 firman    halo semua                                 │
        │ ROOMS           │ 09:13 chendra   siap, revisi bab 3 sudah masuk, tinggal    │
        │ # progjar       │ ┌─ Themes ─────────────────────────────┐                   │
        │ # kelas-c   @ 5 │ │ ▸ Enter keeps it, Esc goes back      │p rata             │
        │ PEOPLE          │ │ catppuccin-mocha                     │ MB                │
        │ ● dewi          │ │ gruvbox-dark                         │                   │
        │                 │ │ mono                                 │                   │
        │                 │ │ obrol-dark        in use             │                 ✓ │
        │                 │ │ obrol-light                          │                 ◌ │
        │                 │ │ terminal16                           │                   │
        │                 │ └──────────────────────────────────────┘                   │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 │                                                            │
        │                 ├ to #progjar ───────────────────────────────────────────────┤
        │                 │                                                            │
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter accept  Esc close
        """,
        "themes 20×6": """
        Themes
        ▸ Enter keeps it, E…
        obrol-da… in use
        obrol-li…
        terminal…
         Enter accept
        """,
        "log 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts┌─ What happened ──────────────────────────────────────────────────────────────────────────────────┐─────────┐
        │ ▸ filter│ 12:41 Offline: no machine of that name is found; check the address                               │ak…r.pdf │
        │ DIRECT  │ 12:41 Online again                                                                               │▯▯ 61 %  │
        │ ● firman│ 12:41 gelap.toml:12: the role 'ui.hint.text' can hardly be read: its contrast is 1.2 to 1        │MB       │
        │ ○ chendr│                                                                                                  │         │
        │ ROOMS   │                                                                                                  │         │
        │ # progja│                                                                                                  │         │
        │ # kelas-│                                                                                                  │         │
        │ PEOPLE  │                                                                                                  │         │
        │ ● dewi  │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │                                                                                                  │         │
        │         │ Full log: /home/alam/.local/state/obrol/obrol.log                                                │         │
        │         └──────────────────────────────────────────────────────────────────────────────────────────────────┘         │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter accept  Esc close
        """,
        "log 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌─ What happened ──────────────────────────────────────────────────────────────┐
        │ 12:41 Offline: no machine of that name is found; check the address           │
        │ 12:41 Online again                                                           │
        │ 12:41 gelap.toml:12: the role 'ui.hint.text' can hardly be read: its         │
        │       contrast is 1.2 to 1                                                   │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │ Full log: /home/alam/.local/state/obrol/obrol.log                            │
        └──────────────────────────────────────────────────────────────────────────────┘
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter accept  Esc close
        """,
        "log 20×6": """
        What happened
              can hardly be
              read: its
              contrast is
              1.2 to 1
         Enter accept
        """,
        "find 120×36": """
         obrol  localhost  alam ● online                                                                7 unread · ↓61% · 12:41
        ┌ Contacts ────┌─ Find in #progjar ─────────────────────────────────────────────────────────────────────┐ ─────────────┐
        │ ▸ filter…    │ ▸ bab                                                                                  │oran ak…r.pdf │
        │ DIRECT       │ #progjar · chendra                                                    Thu 21 May 09:13 │▮▮▮▯▯▯▯ 61 %  │
        │ ● firman     │   siap, revisi bab 3 sudah masuk, tinggal daftar pustaka                               │/5.0 MB       │
        │ ○ chendra    │ #progjar · firman                                                     Tue 19 May 07:12 │              │
        │ ROOMS        │   Bab 1 dan bab 2 sudah, terima kasih                                                  │              │
        │ # progjar    │                                                                                        │              │
        │ # kelas-c    │                                                                                        │              │
        │ PEOPLE       │                                                                                        │              │
        │ ● dewi       │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              │                                                                                        │              │
        │              └────────────────────────────────────────────────────────────────────────────────────────┘              │
        └────────────────────┴────────────────────────────────────────────────────────────────────────────┴────────────────────┘
         Enter accept  Esc close  ^R everywhere or here
        """,
        "find 80×24": """
         obrol  localhost  alam ● online                        7 unread · ↓61% · 12:41
        ┌─ Find in #progjar ───────────────────────────────────────────────────────────┐
        │ ▸ bab                                                                        │
        │ #progjar · chendra                                          Thu 21 May 09:13 │
        │   siap, revisi bab 3 sudah masuk, tinggal daftar pustaka                     │
        │ #progjar · firman                                           Tue 19 May 07:12 │
        │   Bab 1 dan bab 2 sudah, terima kasih                                        │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        └──────────────────────────────────────────────────────────────────────────────┘
        └─────────────────┴────────────────────────────────────────────────────────────┘
         Enter accept  Esc close  ^R everywhere or here
        """,
        "find 20×6": """
        Find in #prog…
        ▸ bab
        #progjar · firman
          Bab 1 dan bab 2 s…

         Enter accept
        """,
    ]
}
