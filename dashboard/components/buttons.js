// Buttons for what the browser alone can do: to copy a text, and to print the page with everything unfolded.
const make = (label) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  return button;
};

// What is folded is not drawn, so it is opened as a reader would; the page needs a moment for it.
const unfold = () => {
  const folded = [...document.querySelectorAll('[data-testid="stExpander"] details:not([open]) > summary')]
    .filter((summary) => !summary.closest('[class*="st-key-screen_only"]'));
  folded.forEach((summary) => summary.click());
  return new Promise((done) => setTimeout(done, folded.length ? 400 : 0));
};

export default function ({ data: told, parentElement }) {
  const data = JSON.parse(new TextDecoder().decode(told));
  const row = document.createElement("div");
  row.className = "row";
  if (data.copy) {
    const copy = make(data.copy.label);
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(data.copy.text);
      told.textContent = data.copy.done;
    });
    row.append(copy, told);
  }
  if (data.print) {
    const print = make(data.print);
    print.addEventListener("click", () => unfold().then(() => window.print()));
    row.append(print);
  }
  parentElement.querySelector(".row")?.remove();
  parentElement.append(row);
}
