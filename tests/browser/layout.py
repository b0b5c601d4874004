"""What a browser can measure of a page: overflow and the size of what is tapped. Looks into open shadow roots."""

from __future__ import annotations

from playwright.async_api import Page

TARGET_PIXELS = 44
_ALL = """function* all(root) {
    for (const element of root.querySelectorAll('*')) {
        yield element;
        if (element.shadowRoot) yield* all(element.shadowRoot);
    }
};
const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
const name = element => element.outerHTML.slice(0, 120).replace(/\\s+/g, ' ');
"""
_OVERFLOWING = """() => {""" + _ALL + """
    const width = document.documentElement.clientWidth, found = [];
    const clipped = element => {
        for (let each = element.parentElement || element.getRootNode().host; each;
             each = each.parentElement || each.getRootNode().host)
            if (each !== document.body && each !== document.documentElement
                && getComputedStyle(each).overflowX !== 'visible') return true;
        return false;
    };
    const scrolls = document.documentElement.scrollWidth > width;
    if (scrolls) found.push(`page: ${document.documentElement.scrollWidth} px wide`);
    for (const element of all(document.body)) {
        const box = element.getBoundingClientRect();
        if (box.width > 1 && box.right > width + 1 && shown(element) && (scrolls || !clipped(element)))
            found.push(`${Math.round(box.right)} px: ${name(element)}`);
    }
    return found;
}"""
_SMALL = """least => {""" + _ALL + """
    const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const found = [];
    const inSentence = element => {
        if (element.tagName !== 'A' || getComputedStyle(element).display !== 'inline') return false;
        const block = element.closest('p, li, dd, dt, td, figcaption, address, div, span');
        return block !== null && block.textContent.trim().length > element.textContent.trim().length;
    };
    for (const element of all(document.body)) {
        if (!element.matches(wanted) || !shown(element) || element.matches(':disabled')) continue;
        const boxes = [element, ...(element.labels || [])].map(each => each.getBoundingClientRect());
        const box = boxes[0];
        if (box.width <= 1 || box.right < 0 || inSentence(element)) continue;
        const size = side => Math.max(...boxes.map(each => each[side]));
        const isChoice = element.matches('input[type=checkbox], input[type=radio]');
        const width = isChoice ? size('width') : box.width, height = isChoice ? size('height') : box.height;
        if (width + 0.5 < least || height + 0.5 < least)
            found.push(`${Math.round(width)} × ${Math.round(height)} px: ${name(element)}`);
    }
    return found;
}"""


_SPACING = """on => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(on ? `* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
        line-height: 1.5 !important } p { margin-block-end: 2em !important }` : '');
    document.adoptedStyleSheets = [sheet];
}"""


async def overflowing_when_spaced(page: Page) -> list[str]:
    """Return what reaches too far when people set wider text (WCAG 1.4.12), as with another font."""
    await page.evaluate(_SPACING, True)
    found = await overflowing(page)
    await page.evaluate(_SPACING, False)
    return [f"with wide text: {each}" for each in found]


async def overflowing(page: Page) -> list[str]:
    """Return what reaches beyond the right edge of the window."""
    found: list[str] = await page.evaluate(_OVERFLOWING)
    return found


async def small_targets(page: Page) -> list[str]:
    """Return what is tapped and smaller than 44 pixels; links within a sentence may be small."""
    found: list[str] = await page.evaluate(_SMALL, TARGET_PIXELS)
    return found
