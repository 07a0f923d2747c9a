/** What the chat can do beside words, in one piece that is loaded when first needed. */
export { AttachPanel } from "./attach.tsx";
export { PlacePanel } from "./place.tsx";
export { VoicePanel } from "./voice.tsx";
