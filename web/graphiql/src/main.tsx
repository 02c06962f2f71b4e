import "./nonce";
import "./workers";
import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { fill, learn } from "./placeholders";
import { first, tabs } from "./tabs";

const url = new URL("/graphql", location.href);
const fetcher = createGraphiQLFetcher({
  url: url.href,
  subscriptionUrl: url.href.replace(/^http/, "ws"),
  enableIncrementalDelivery: false,
});

const ask: Fetcher = async (params, options) => {
  if (params.operationName === "IntrospectionQuery") {
    return fetcher(params); // as nobody: a bad token in the headers must not hide the schema
  }
  const variables = fill(params.variables ?? {});
  const headers = fill(options?.headers ?? {});
  const answer = await fetcher({ ...params, variables }, { ...options, headers });
  learn(answer);
  return answer;
};

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
