// Who plays.
import { graphql } from 'relay-runtime';

export const signUp = graphql`
  mutation accountSignUpMutation($input: SignUpInput!) {
    signUp(input: $input) {
      ... on Session {
        tokenType
        accessToken
        expiresAt
        player {
          id
          username
        }
      }
      ... on Rejection {
        code
        message
      }
    }
  }
`;
