// Inside the frame: tell the page around it how tall the results are. Nothing else is ever said.

const NAME = "treatment-search-height";

function tell() {
  parent.postMessage({ type: NAME, height: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
}

if (parent !== window) new ResizeObserver(tell).observe(document.documentElement);
