// SPDX-License-Identifier: Apache-2.0
/** The EKS provider against moto, an emulator of AWS that is not ours. */
@NullMarked
package io.osmo.backend.tests.moto;

import org.jspecify.annotations.NullMarked;
