// SPDX-License-Identifier: Apache-2.0
/** Why nodes of AKS agent pools did not join: what is read, and one class for each cause that Azure does not name itself. */
@NullMarked
package io.osmo.backend.azure.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
