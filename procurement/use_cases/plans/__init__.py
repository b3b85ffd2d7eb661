"""Plans of procedures: begun, filled by hand or from a file, published version by version.

making.make_plan(...)            a plan of a unit and a year, with an empty draft or a copy of last year
drafts.start_draft(...)          a new version, like the published one; discard_draft(...)
items.save_item(...)             one position of the draft; drop_item(...), remove_item(...)
importing.receive / read / apply a file into the draft
publishing.publish(...)          what visitors see from now on
"""
