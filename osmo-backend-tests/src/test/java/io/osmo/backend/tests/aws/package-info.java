// SPDX-License-Identifier: Apache-2.0
/** The EKS provider on the emulated account of AWS. */
@NullMarked
package io.osmo.backend.tests.aws;

import org.jspecify.annotations.NullMarked;
