import { createStore } from 'zustand/vanilla';

/** A short answer to something that the person in front of the screen did. */
export interface Feedback {
  readonly id: number;
  readonly tone: 'done' | 'failed';
  readonly text: string;
}

export interface FeedbackState {
  readonly messages: readonly Feedback[];
  readonly say: (tone: Feedback['tone'], text: string) => void;
  readonly dismiss: (id: number) => void;
}

/** A good end may go by itself; a failure stays until it was read. */
const doneStaysMs = 6_000;
const mostAtOnce = 3;

export const createFeedbackStore = () => {
  let lastId = 0;
  return createStore<FeedbackState>()((set, get) => ({
    messages: [],
    say: (tone, text) => {
      lastId += 1;
      const id = lastId;
      set({ messages: [...get().messages, { id, tone, text }].slice(-mostAtOnce) });
      if (tone === 'done') setTimeout(() => get().dismiss(id), doneStaysMs);
    },
    dismiss: (id) => set({ messages: get().messages.filter((message) => message.id !== id) }),
  }));
};
