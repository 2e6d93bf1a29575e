// SPDX-License-Identifier: Apache-2.0
/** Reads a cluster once, paged and concurrently, and keeps only what checks use. */
@NullMarked
package io.osmo.backend.verify.internal.read;

import org.jspecify.annotations.NullMarked;
