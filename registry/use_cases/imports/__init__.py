"""A register from a spreadsheet into the database: stage, look, apply, undo.

Nothing of a file is in the register before `apply` commits, once, everything it brings. The parts, in order of use:

    runs.receive(...)        keep an uploaded file                     -> ImportRun, state "wczytany"
    mapping.describe(...)    what its columns are; mapping.remember(...) a person's choice
    stage.stage(...)         read, clean, match, compare; resumable    -> state "sprawdzony", rows in ImportRow
    apply.apply(...)         write all accepted rows in one transaction -> state "zapisany"
    undo.touched(...)        what a person has changed since; undo.undo(...)
    report.report(...)       the report promised to the outside
    duplicates.merge(...)    and keep_apart(...): decisions of the queue
    command.import_file(...) all of it for one file on disk
"""
