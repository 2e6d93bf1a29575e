// SPDX-License-Identifier: Apache-2.0
/** A client for the OSMO service: reads backends, pools and nodes, and runs workflows that prove that they work. */
@NullMarked
package io.osmo.backend.service;

import org.jspecify.annotations.NullMarked;
