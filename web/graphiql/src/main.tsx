import "./nonce";
import "./workers";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { ask } from "./ask";
import { first, tabs } from "./tabs";

const isNew = sessionStorage.getItem("graphiql:tabState") === null;

// The browser tab's own storage: a reload keeps the tokens, closing forgets them, and two windows
// are two players.
createRoot(document.getElementById("root")!).render(
  <GraphiQL
    fetcher={ask}
    storage={sessionStorage}
    shouldPersistHeaders
    defaultTabs={tabs}
    {...(isNew && { initialVariables: first.variables })}
    defaultEditorToolsVisibility
  >
    <GraphiQL.Logo>xogql</GraphiQL.Logo>
  </GraphiQL>,
);
