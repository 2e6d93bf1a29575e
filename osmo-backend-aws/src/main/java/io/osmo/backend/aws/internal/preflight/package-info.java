/** Questions that are asked before anything is created, each a class of its own, listed in {@code AwsPreflight}. */
@NullMarked
package io.osmo.backend.aws.internal.preflight;

import org.jspecify.annotations.NullMarked;
