// SPDX-License-Identifier: Apache-2.0
/** Entry points: discover providers, plan, apply, list and get OSMO backends. */
@NullMarked
package io.osmo.backend;

import org.jspecify.annotations.NullMarked;
