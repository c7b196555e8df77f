import { mount } from "svelte";
import { keepOfflinePage } from "$parts/offline";
import App from "./App.svelte";
import { keepTheme } from "./theme/theme";
import "./theme.css";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no #app to stand in");

keepTheme();
mount(App, { target });
keepOfflinePage();
