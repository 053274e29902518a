"""The error of files that are not what they should be."""


class DamagedFile(ValueError):
    """A file that is cut off, changed, or of another format."""


def require_sound(condition: bool, trouble: str) -> None:
    """DamagedFile with ``trouble`` unless ``condition`` holds."""
    if not condition:
        raise DamagedFile(trouble)
