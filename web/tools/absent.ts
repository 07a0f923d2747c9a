/** Stands for packages that another one would load for what is never asked of it here. */
export default null;
