// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a cluster once, paged and concurrently, and keeps only what checks use. Kinds of which there are very many name the fields
 * that are looked at, by which {@link io.osmo.backend.verify.internal.read.Encoding encodings} pass over all others.
 */
@NullMarked
package io.osmo.backend.verify.internal.read;

import org.jspecify.annotations.NullMarked;
