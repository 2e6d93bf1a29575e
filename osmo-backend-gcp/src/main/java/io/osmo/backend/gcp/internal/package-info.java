/**
 * What all concerns share: the context of a backend, the base classes of resources, calls by URL and the translation of errors. Each
 * concern has a package of its own; {@link io.osmo.backend.gcp.internal.session} puts them together.
 */
@NullMarked
package io.osmo.backend.gcp.internal;

import org.jspecify.annotations.NullMarked;
