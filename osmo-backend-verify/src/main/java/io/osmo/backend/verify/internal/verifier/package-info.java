// SPDX-License-Identifier: Apache-2.0
/** What the verifier consists of: the checks that it runs, how it reads a cluster, how it judges a snapshot. */
@NullMarked
package io.osmo.backend.verify.internal.verifier;

import org.jspecify.annotations.NullMarked;
