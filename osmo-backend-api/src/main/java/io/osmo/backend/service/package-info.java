// SPDX-License-Identifier: Apache-2.0
/** A client of the OSMO service: what it knows of backends, pools and nodes, and workflows that prove that they run. */
@NullMarked
package io.osmo.backend.service;

import org.jspecify.annotations.NullMarked;
