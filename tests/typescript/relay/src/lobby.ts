// The waiting games, page by page: a connection, and a query that the compiler makes to go on.
import { graphql } from 'relay-runtime';

export const query = graphql`
  query lobbyQuery($first: Int!) {
    ...lobby_games @arguments(first: $first)
  }
`;

export const games = graphql`
  fragment lobby_games on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "lobbyPaginationQuery") {
    games(first: $first, after: $after, status: WAITING) @connection(key: "lobby_games") {
      edges {
        node {
          id
          creator {
            username
          }
        }
      }
    }
  }
`;

export const open = graphql`
  mutation lobbyOpenMutation($input: CreateGameInput!, $connections: [ID!]!) {
    createGame(input: $input) {
      ... on CreateGameSuccess {
        game @appendNode(connections: $connections, edgeTypeName: "GameEdge") {
          ...game_board
        }
      }
      ... on Rejection {
        code
        message
      }
    }
  }
`;
