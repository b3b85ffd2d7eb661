"""Texts of an edition for a page: paragraphs parted by empty lines, lines of "- " are lists."""


def blocks(text):
    """[{"lines": […]} or {"words": …}] in their order."""
    found = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        for line in lines:
            is_item = line.startswith("- ")
            if is_item and found and "lines" in found[-1]:
                found[-1]["lines"].append(line[2:])
            elif is_item:
                found.append({"lines": [line[2:]]})
            elif found and "words" in found[-1] and line is not lines[0]:
                found[-1]["words"] += f" {line}"
            else:
                found.append({"words": line})
    return found
