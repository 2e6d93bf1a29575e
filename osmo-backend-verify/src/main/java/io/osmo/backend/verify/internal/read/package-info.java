// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a cluster once, in pages and concurrently, and keeps only what checks use. Kinds with very many objects name the fields that
 * are read, so that {@link io.osmo.backend.verify.internal.read.Encoding encodings} can skip all others.
 */
@NullMarked
package io.osmo.backend.verify.internal.read;

import org.jspecify.annotations.NullMarked;
