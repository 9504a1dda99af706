/**
 * Show the button that copies the picture at an address.
 *
 * The button is created together with its label, so that it is never without a name.
 * @param {object} component
 * @param {Element} component.parentElement
 * @param {{address: string, label: string, done: string, failed: string}} component.data
 */
export default function showCopyButton({ parentElement, data }) {
  const status = parentElement.querySelector("span");
  const button = parentElement.querySelector("button") ?? document.createElement("button");
  button.type = "button";
  button.textContent = data.label;
  if (!button.isConnected) status.before(button);
  status.textContent = "";
  button.onclick = async () => {
    try {
      // The picture is passed as a promise: some browsers allow copying only during the click.
      const picture = fetchPicture(data.address);
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      status.textContent = data.done;
    } catch {
      status.textContent = data.failed;
    }
  };
}

async function fetchPicture(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  return response.blob();
}
