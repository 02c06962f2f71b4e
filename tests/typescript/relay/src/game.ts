// One game: its board, which the compiler can fetch again by its id, its commands and its events.
import { graphql } from 'relay-runtime';

export const board = graphql`
  fragment game_board on Game @refetchable(queryName: "gameRefetchQuery") {
    version
    status
    turn
    winner
    board {
      rows
    }
    players {
      mark
      player {
        username
      }
    }
  }
`;

export const join = graphql`
  mutation gameJoinMutation($input: JoinGameInput!) {
    joinGame(input: $input) {
      ... on JoinGameSuccess {
        game {
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

export const intratoken = graphql`
  mutation gameIntratokenMutation($input: IssueIntratokenInput!) {
    issueIntratoken(input: $input) {
      ... on Intratoken {
        tokenType
        accessToken
      }
      ... on Rejection {
        code
        message
      }
    }
  }
`;

export const move = graphql`
  mutation gameMoveMutation($input: MakeMoveInput!) {
    makeMove(input: $input) {
      ... on MakeMoveSuccess {
        game {
          ...game_board
        }
      }
      ... on GameRejection {
        code
        message
        game {
          ...game_board
        }
      }
    }
  }
`;

export const events = graphql`
  subscription gameEventsSubscription($gameId: ID!, $after: Int) {
    gameEvents(gameId: $gameId, after: $after) {
      __typename
      version
      game {
        ...game_board
      }
      ... on MoveMade {
        mark
        row
        column
      }
    }
  }
`;
