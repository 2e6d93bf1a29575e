// SPDX-License-Identifier: Apache-2.0
/** Rules for specs that need no cloud, and their reading and writing as YAML and JSON. */
@NullMarked
package io.osmo.backend.internal.spec;

import org.jspecify.annotations.NullMarked;
