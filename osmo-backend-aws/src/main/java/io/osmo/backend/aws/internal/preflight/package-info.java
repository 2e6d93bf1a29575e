// SPDX-License-Identifier: Apache-2.0
/**
 * What can be asked before anything is created. Each question is a {@link
 * io.osmo.backend.aws.internal.preflight.PreflightCheck} of its own; {@link
 * io.osmo.backend.aws.internal.preflight.Preflight} names them all.
 */
@NullMarked
package io.osmo.backend.aws.internal.preflight;

import org.jspecify.annotations.NullMarked;
