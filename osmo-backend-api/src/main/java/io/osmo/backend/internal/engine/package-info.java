// SPDX-License-Identifier: Apache-2.0
/**
 * The engine: a pure diff of what is wanted and what was found, and a level-triggered executor that brings each resource
 * about by reading, comparing and making one small call at a time, driven by events of the scheduler.
 */
@NullMarked
package io.osmo.backend.internal.engine;

import org.jspecify.annotations.NullMarked;
