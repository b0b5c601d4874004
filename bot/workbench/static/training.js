// Marking text in the sentence ticks the words below it. Without it one ticks them by hand.
(() => {
  "use strict";
  const sentence = document.getElementById("markieren");
  const boxes = [...document.querySelectorAll("[name=wort]")];
  sentence.addEventListener("mouseup", () => {
    const marked = getSelection();
    if (marked.isCollapsed || !sentence.contains(marked.anchorNode) || !sentence.contains(marked.focusNode)) return;
    const { startOffset, endOffset } = marked.getRangeAt(0);
    let at = 1; // behind the opening quotation mark
    for (const box of boxes) {
      const word = box.labels[0].textContent;
      const start = sentence.textContent.indexOf(word, at);
      at = start + word.length;
      box.checked = start < endOffset && at > startOffset;
    }
  });
})();
