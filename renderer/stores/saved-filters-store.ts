import { createStore } from 'zustand/vanilla';
import type { KeptText } from '../client/kept-text.ts';
import type { OrdersFilter } from './orders-filter.ts';
import { readFilters, type SavedFilter, withFilter } from './saved-filters.ts';

export interface SavedFiltersState {
  readonly filters: readonly SavedFilter[];
  readonly save: (name: string, shown: OrdersFilter) => void;
  readonly forget: (name: string) => void;
}

export interface SavedFiltersStoreDeps {
  readonly filters: KeptText;
}

/** The filters that were saved at this screen. */
export const createSavedFiltersStore = ({ filters: memory }: SavedFiltersStoreDeps) =>
  createStore<SavedFiltersState>()((set, get) => {
    const keep = (filters: readonly SavedFilter[]): void => {
      memory.write(JSON.stringify(filters));
      set({ filters });
    };
    return {
      filters: readFilters(memory.read()),
      save: (name, shown) => keep(withFilter(get().filters, name, shown)),
      forget: (name) => keep(get().filters.filter((filter) => filter.name !== name)),
    };
  });
