// SPDX-License-Identifier: Apache-2.0
/** How the OSMO service is called: transport, login, errors, and its JSON. */
@NullMarked
package io.osmo.backend.internal.service;

import org.jspecify.annotations.NullMarked;
