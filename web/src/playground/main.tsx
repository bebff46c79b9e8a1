import "./workers";
import "graphiql/style.css";
import "./style.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Playground } from "./playground";

createRoot(document.getElementById("playground")!).render(
  <StrictMode>
    <Playground />
  </StrictMode>,
);
