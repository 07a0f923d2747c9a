/** The console: one of five screens. */
import { Desk } from "./desk.tsx";
import { Enrol } from "./enrol/enrol.tsx";
import { Waiting } from "./enrol/waiting.tsx";
import { Login } from "./login/login.tsx";
import { Restore } from "./login/restore.tsx";
import { screen } from "./session.ts";

const SCREENS = { enrol: Enrol, login: Login, restore: Restore, waiting: Waiting, desk: Desk };

export function App() {
  const Screen = SCREENS[screen.value];
  return <Screen />;
}
