/** The style sheet of the Mantine component that only the palette uses. */
import '@mantine/core/styles/Combobox.css'
