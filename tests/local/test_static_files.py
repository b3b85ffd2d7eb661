from local import static_files
from local.place import ROOT


def test_static_files_are_collected_again_after_a_change_of_any_of_them(tmp_path, monkeypatch):
    clone = tmp_path / "clone"
    (clone / "static" / "css").mkdir(parents=True)
    (clone / "var" / "static").mkdir(parents=True)
    (clone / "requirements.lock").write_text((ROOT / "requirements.lock").read_text())
    sheet = clone / "static" / "css" / "portal.css"
    sheet.write_text("a{}")
    monkeypatch.setattr(static_files, "ROOT", clone)
    var = clone / "var"

    assert not static_files.collected(var)
    static_files.note_collected(var)
    assert static_files.collected(var)
    sheet.write_text("a{}b{}")
    assert not static_files.collected(var)
    static_files.note_collected(var)
    (clone / "requirements.lock").write_text("")
    assert not static_files.collected(var)
