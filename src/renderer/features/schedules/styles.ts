/** Styles of the library's components that only this screen uses. */
import '@mantine/core/styles/Chip.css'
import '@mantine/core/styles/InlineInput.css'
import '@mantine/core/styles/Radio.css'
