/** Puts the page into the document. */
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { Boundary } from "./parts/Boundary";
import { applyTheme } from "./theme";

applyTheme();
createRoot(document.getElementById("root")!).render(
  <Boundary>
    <App />
  </Boundary>,
);
