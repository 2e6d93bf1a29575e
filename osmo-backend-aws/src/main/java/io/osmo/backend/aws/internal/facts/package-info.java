// SPDX-License-Identifier: Apache-2.0
/** What AWS says about an existing cluster, whoever made it, for verification. Only reads. */
@NullMarked
package io.osmo.backend.aws.internal.facts;

import org.jspecify.annotations.NullMarked;
