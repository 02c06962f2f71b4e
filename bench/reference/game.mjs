// The rules, as the references check them: decide gives events or a refusal's code, evolve the next game.
const DIRECTIONS = [[0, 1], [1, 0], [1, 1], [1, -1]];

const OTHER = { X: 'O', O: 'X' };

export const absent = { version: 0, status: 'ABSENT' };

export function create(game, { rules, mark }, player) {
  const { rows, columns, line } = rules ?? { rows: 3, columns: 3, line: 3 };
  return [{ type: 'GameCreated', creator: player, mark, rows, columns, line }];
}

export function join(game, _, player) {
  if (game.status !== 'WAITING') return 'SEAT_TAKEN';
  if (game.seats.X === player || game.seats.O === player) return 'OWN_GAME';
  return [{ type: 'PlayerJoined', player }];
}

export function move(game, { row, column }, player) {
  const mark = game.seats.X === player ? 'X' : game.seats.O === player ? 'O' : null;
  if (mark === null) return 'NOT_A_PLAYER';
  if (game.status !== 'PLAYING') return game.status === 'WAITING' ? 'GAME_NOT_STARTED' : 'GAME_OVER';
  if (mark !== game.turn) return 'NOT_YOUR_TURN';
  if (row < 0 || column < 0 || row >= game.rows || column >= game.columns) return 'OUTSIDE_BOARD';
  if (game.board[row * game.columns + column]) return 'CELL_TAKEN';
  const made = { type: 'MoveMade', mark, row, column };
  if (wins(game, row, column, mark)) return [made, { type: 'GameEnded', ending: 'LINE', winner: mark }];
  const full = game.left === 1;
  return full ? [made, { type: 'GameEnded', ending: 'BOARD_FULL', winner: null }] : [made];
}

export function evolve(game, event) {
  const version = game.version + 1;
  switch (event.type) {
    case 'GameCreated': {
      const { rows, columns, line } = event;
      const seats = { X: null, O: null, [event.mark]: event.creator };
      const board = new Array(rows * columns).fill('');
      return { version, status: 'WAITING', rows, columns, line, seats, board, left: board.length };
    }
    case 'PlayerJoined': {
      const seats = { X: game.seats.X ?? event.player, O: game.seats.O ?? event.player };
      return { ...game, version, status: 'PLAYING', seats, turn: 'X' };
    }
    case 'MoveMade': {
      const board = game.board.slice();
      board[event.row * game.columns + event.column] = event.mark;
      return { ...game, version, board, turn: OTHER[event.mark], left: game.left - 1 };
    }
    case 'GameEnded':
      return { ...game, version, status: 'FINISHED', turn: null, winner: event.winner };
  }
}

function wins({ board, rows, columns, line }, row, column, mark) {
  const run = (down, right) => {
    let [r, c, length] = [row + down, column + right, 0];
    while (r >= 0 && c >= 0 && r < rows && c < columns && board[r * columns + c] === mark) {
      [r, c, length] = [r + down, c + right, length + 1];
    }
    return length;
  };
  return DIRECTIONS.some(([down, right]) => 1 + run(down, right) + run(-down, -right) >= line);
}
