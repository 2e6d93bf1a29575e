// SPDX-License-Identifier: Apache-2.0
/** The EKS provider. */
@NullMarked
package io.osmo.backend.aws;

import org.jspecify.annotations.NullMarked;
