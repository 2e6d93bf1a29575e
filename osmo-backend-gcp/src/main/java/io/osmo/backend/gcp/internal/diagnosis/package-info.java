// SPDX-License-Identifier: Apache-2.0
/** Why nodes of GKE node pools did not join: what is read, and one class for each cause that Google does not name itself. */
@NullMarked
package io.osmo.backend.gcp.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
