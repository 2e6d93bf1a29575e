// SPDX-License-Identifier: Apache-2.0
/** Why nodes of EKS node groups did not join: what is read, and one class for each cause that AWS does not name itself. */
@NullMarked
package io.osmo.backend.aws.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
