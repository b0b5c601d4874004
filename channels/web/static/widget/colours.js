/* The colour of a site: words on it are black or white, whichever reads better. */

/** Return a style sheet with the colours of the attributes; what is no colour is left out. */
export function accentSheet({ colourAccent, colourPaper, colourText }) {
  const sheet = new CSSStyleSheet();
  const rules = [];
  if (isColour(colourAccent)) rules.push(`--accent: ${colourAccent}`, `--on-accent: ${readable(colourAccent)}`);
  if (isColour(colourPaper) && isColour(colourText)) {
    rules.push(`--paper: ${colourPaper}`, `--ink: ${colourText}`, `color-scheme: ${readable(colourPaper) === "#000" ? "light" : "dark"}`);
  }
  sheet.replaceSync(`:host { ${rules.join("; ")} }`);
  return sheet;
}

function isColour(value) {
  return Boolean(value) && /^[#\w(),.%\s-]+$/.test(value) && CSS.supports("color", value);
}

function readable(colour) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = Array.from(canvas.getImageData(0, 0, 1, 1).data, (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}
