"""The palettes: their colours, and what each may be used for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as #RRGGBB. On the ground, every categorical colour has a contrast of 3:1 and every ink of 4.5:1."""

    categorical: tuple[str, str, str, str]
    """At most four categories, in their order of use; the first carries the finding."""
    ink: str
    """For main text, and for marks on fills."""
    quiet: str
    """For other text and reference lines."""
    grid: str
    """For grid lines, which carry no data."""
    ground: str = "#FFFFFF"

    @property
    def lead(self) -> str:
        """The colour of the main series."""
        return self.categorical[0]


ANALYSIS_FUNCTION = Palette(
    categorical=("#12436D", "#28A197", "#801650", "#F46A25"), ink="#1A1A1A", quiet="#3D3D3D", grid="#CCCCCC"
)
"""Government Analysis Function: the categorical colours of the package afcharts, in its order."""

NHS = Palette(categorical=("#005EB8", "#006747", "#330072", "#AE2573"), ink="#231F20", quiet="#425563", grid="#D8DDE0")
"""NHS identity: NHS Blue, Dark Green, Purple and Pink, which pass 3:1 on white."""


def tint(colour: str, strength: float, ground: str = "#FFFFFF") -> str:
    """Mix a colour into the ground. Unlike a transparent colour, it hides what lies under it.

    Args:
        colour: #RRGGBB.
        strength: 0 (the ground) to 1 (the colour).
        ground: #RRGGBB.
    """
    parts = zip(_parts(colour), _parts(ground), strict=True)
    return "#" + "".join(f"{round(under + (over - under) * strength):02X}" for over, under in parts)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0–1, as WCAG 2.2 defines it.

    Args:
        colour: #RRGGBB.
    """
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1–21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable_on(fill: str, dark: str, light: str = "#FFFFFF") -> str:
    """Return the one of two text colours that is easier to read on a fill."""
    return dark if contrast(dark, fill) >= contrast(light, fill) else light


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
