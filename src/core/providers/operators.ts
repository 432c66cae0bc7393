// Belongs here: the list of all operators. Does NOT belong here: what is known of each (operators/).
import type { Operator } from "./operator.ts";
import { actalis } from "./operators/actalis.ts";
import { aruba } from "./operators/aruba.ts";
import { basilicata } from "./operators/basilicata.ts";
import { infocert } from "./operators/infocert.ts";
import { intesi } from "./operators/intesi.ts";
import { itnet } from "./operators/itnet.ts";
import { namirial } from "./operators/namirial.ts";
import { notartel } from "./operators/notartel.ts";
import { poste } from "./operators/poste.ts";
import { register } from "./operators/register.ts";
import { tim } from "./operators/tim.ts";
import { vodafone } from "./operators/vodafone.ts";
import { withoutServices } from "./operators/without-services.ts";

/** In the order in which a person is asked to choose: those with most mailboxes first. */
export const OPERATORS: readonly Operator[] = [
  aruba,
  infocert,
  namirial,
  poste,
  tim,
  register,
  actalis,
  intesi,
  notartel,
  itnet,
  vodafone,
  basilicata,
  ...withoutServices,
];
