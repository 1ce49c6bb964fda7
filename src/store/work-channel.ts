/** What a process listens to in order to hear at once of marks and deliveries that another one committed. */
export const WORK_CHANNEL = "redline_work";
