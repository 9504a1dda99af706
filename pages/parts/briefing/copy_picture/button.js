/* The button that copies the picture at an address: data holds the address and the texts.
 * The button is made together with its label, so that it is never without a name. */
export default function ({ parentElement, data }) {
  const status = parentElement.querySelector("span");
  const button = parentElement.querySelector("button") ?? document.createElement("button");
  button.type = "button";
  button.textContent = data.label;
  if (!button.isConnected) status.before(button);
  status.textContent = "";
  button.onclick = async () => {
    try {
      // The picture is passed as a promise: some browsers allow copying only during the click.
      const picture = fetch(data.address).then((response) => {
        if (!response.ok) throw new Error(response.status);
        return response.blob();
      });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      status.textContent = data.done;
    } catch (error) {
      status.textContent = data.failed;
    }
  };
}
