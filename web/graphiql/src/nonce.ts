/** Monaco writes <style> elements: each gets the nonce that the page's policy asks for. */
const nonce = document.querySelector<HTMLElement>("[nonce]")?.nonce ?? "";
const create = document.createElement;

document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
  const element = create.call(this, name, options);
  if (name === "style") {
    element.nonce = nonce;
  }
  return element;
} as typeof document.createElement;
