// The line client: prompts and lines, for pipes, screen readers and terminals that can do no more.
//
// `LineClient` is the whole program; it asks the same `Client` as the full screen does, and waits for its answers.
// What is typed is read by `CommandTable`; each command is a method in the file of its noun, `LineClient+….swift`.
// What the first client of this protocol answers is printed word for word from a pipe (`Sentences+Classic`); a person is
// answered in the person's language. Whatever others wrote passes the sanitizer before it is printed.
//
// To add a command: its row in the table, its case in `LineClient.perform`, a method.
