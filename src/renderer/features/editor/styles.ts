/** The style sheets of the Mantine components that only the editor uses. */
import '@mantine/core/styles/Tabs.css'
import '@mantine/core/styles/Drawer.css'
import '@mantine/core/styles/Radio.css'
